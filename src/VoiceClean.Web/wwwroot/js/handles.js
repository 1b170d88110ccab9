// A mark on the time axis to take hold of, with the pointer or the arrow keys.

/** A step of an arrow key [s]; with Shift it is ten of them. */
const STEP_S = 0.01;

/**
 * Lets a handle be moved.
 * @param {HTMLElement} handle
 * @param {(event: PointerEvent) => number} at where a pointer is [s]
 * @param {() => number} now where the handle stands [s]
 * @param {(from: number) => (to: number) => void} begin called where it is taken hold of [s]; gives what moves it
 */
export function hold(handle, at, now, begin) {
  handle.addEventListener("pointerdown", event => {
    event.preventDefault();
    event.stopPropagation();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    const put = begin(at(event));
    const move = e => put(at(e));
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move),
      { once: true });
  });
  handle.addEventListener("keydown", event => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    begin(now())(now() + (step * STEP_S * (event.shiftKey ? 10 : 1)));
  });
}
