"""A made-up catalogue of any size, to measure with: `bin/manage make_big`.

Nothing in it is a real film or person, but it has the shape of a real catalogue: few names are common and most are
rare, some people have hundreds of credits, names come in many scripts, some have only one letter. The same seed, day
and size give the same rows.
"""
