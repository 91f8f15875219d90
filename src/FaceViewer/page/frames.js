// Pictures and messages of the same stamp belong together, whichever comes first.

const MOST_WAITING = 30, MOST_KEPT = 40;

// show(frame): {stamp, arrival, image, faces, latency}; an image has width and height and can be drawn.
export function FrameMatcher(show) {
  let waiting = []; // Of one stamp each, in the order of arrival.

  function part(stamp) {
    for (let i = 0; i < waiting.length; i++) {
      if (waiting[i].stamp === stamp) return waiting[i];
    }
    const made = { stamp: stamp, arrival: 0, image: null, faces: null, latency: 0 };
    waiting.push(made);
    if (waiting.length > MOST_WAITING) waiting.shift();
    return made;
  }

  function look(frame) {
    if (!frame.image || !frame.faces) return;
    // What is older than this will not be shown any more.
    waiting = waiting.slice(waiting.indexOf(frame) + 1);
    show(frame);
  }

  this.addFaces = function (message) {
    const stamp = message.faces.header.stamp;
    const frame = part(stamp.sec + '.' + stamp.nanosec);
    frame.faces = message.faces;
    frame.latency = message.latency;
    look(frame);
  };

  this.addPicture = function (stamp, arrival, bytes, done) {
    const blob = new Blob([bytes], { type: bytes[0] === 0x89 ? 'image/png' : 'image/jpeg' });
    decode(blob, function (image) {
      done();
      if (!image) return;
      const frame = part(stamp);
      frame.image = image;
      frame.arrival = arrival;
      look(frame);
    });
  };
}

// then gets null for a damaged picture.
function decode(blob, then) {
  if (typeof createImageBitmap === 'function') {
    createImageBitmap(blob).then(then, function () { then(null); });
    return;
  }
  const image = new Image();
  image.onerror = function () {
    URL.revokeObjectURL(image.src);
    then(null);
  };
  image.onload = function () {
    URL.revokeObjectURL(image.src);
    then(image);
  };
  image.src = URL.createObjectURL(blob);
}

// The last frames, to go back and forth while the picture stands still; then those that follow are kept as long as there is room.
export function History() {
  let frames = [], at = -1, isStaying = false;
  function close(frame) {
    if (frame.image.close) frame.image.close();
  }
  this.add = function (frame) {
    if (frames.length >= MOST_KEPT) {
      if (isStaying) {
        close(frame);
        return;
      }
      close(frames.shift());
    }
    frames.push(frame);
  };
  this.stay = function (value) {
    isStaying = value;
    at = frames.length - 1;
    // Room for some that follow.
    while (value && frames.length > MOST_KEPT / 2) {
      close(frames.shift());
      at--;
    }
  };
  this.clear = function () {
    frames.forEach(close);
    frames = [];
    at = -1;
  };
  this.move = function (by) {
    if (at + by < 0 || at + by >= frames.length) return null;
    at += by;
    return frames[at];
  };
}
