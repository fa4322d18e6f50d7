// A poster that was chosen, as it will be cut: 2:3 around a point that is moved by mouse, finger or arrow keys. The
// picture is drawn on a canvas: an <img> of it would want `blob:` in our content security policy.
const STEP = 0.05;

function cropper(input) {
  const [acrossField, downField] = ["x", "y"].map((axis) => document.getElementById(`id_focus_${axis}`));
  if (!acrossField || !downField) return;
  const box = document.createElement("div");
  box.className = "crop";
  box.hidden = true;
  box.innerHTML = `<canvas class="crop__canvas" width="360" height="540" tabindex="0" role="application"></canvas>
    <p class="crop__words" role="status"></p><p class="help">Drag the picture, or press the arrow keys on it.</p>`;
  input.closest(".form-row").append(box);
  const canvas = box.querySelector("canvas"), words = box.querySelector(".crop__words");
  canvas.setAttribute("aria-label", "The poster as it will be cut. Arrow keys move the cut.");
  let picture = null, focus = { x: 0.5, y: 0.5 }, from = null;

  const spare = () => {
    const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
    return { scale, x: picture.width * scale - canvas.width, y: picture.height * scale - canvas.height };
  };
  const told = (cut) => {
    if (cut.x < 1 && cut.y < 1) return "Nothing is cut off.";
    const [axis, before, after] = cut.x >= cut.y ? ["x", "left", "right"] : ["y", "top", "bottom"];
    const share = Math.round(focus[axis] * 100);
    return `Of what is cut off, ${share} % goes at the ${before}, ${100 - share} % at the ${after}.`;
  };
  const draw = () => {
    const cut = spare();
    canvas.getContext("2d").drawImage(picture, -cut.x * focus.x, -cut.y * focus.y,
      picture.width * cut.scale, picture.height * cut.scale);
    acrossField.value = focus.x.toFixed(3);
    downField.value = focus.y.toFixed(3);
    words.textContent = told(cut);
  };
  const move = (x, y) => {
    focus = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
    draw();
  };

  input.addEventListener("change", async () => {
    picture = input.files[0] ? await createImageBitmap(input.files[0]).catch(() => null) : null;
    box.hidden = !picture;
    if (picture) move(0.5, 0.5);
    else acrossField.value = downField.value = "";
  });
  canvas.addEventListener("keydown", (event) => {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] || [];
    if (x === undefined) return;
    event.preventDefault();
    move(focus.x + x * STEP, focus.y + y * STEP);
  });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, focus };
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const cut = spare(), shown = canvas.width / canvas.clientWidth;
    const by = (axis, pixels) => (cut[axis] < 1 ? 0 : (pixels * shown) / cut[axis]);
    move(from.focus.x - by("x", event.clientX - from.x), from.focus.y - by("y", event.clientY - from.y));
  });
  for (const ending of ["pointerup", "pointercancel"]) canvas.addEventListener(ending, () => (from = null));
}
addEventListener("DOMContentLoaded", () => {
  const upload = document.getElementById("id_upload");
  if (upload) cropper(upload);
});
