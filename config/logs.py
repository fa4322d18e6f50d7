"""What a request leaves in the log: method, path, status and a request id. No query, no address, no name."""

import structlog
from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """One line for each request, and its id in the answer, so that a reader can quote it to us."""

    def handle_response(self, request, response):
        response["X-Request-ID"] = structlog.contextvars.get_contextvars().get("request_id", "")
        super().handle_response(request, response)

    def format_request(self, request):
        # Not `get_full_path`: what people search for is theirs.
        return f"{request.method} {request.path}"

    def bind_user_id(self, request):
        """Who it was is not logged."""
