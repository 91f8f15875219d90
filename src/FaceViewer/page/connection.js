// The live connection: opened again whenever it is lost.

const FIRST_PAUSE = 250, LONGEST_PAUSE = 3000, TIME_PAUSE = 5000;

// handlers: {picture(stamp, arrival, bytes, done), message(object), open(), closed()}; done is to be called when the next may come. Returns {now()}: the viewer's time in milliseconds.
export function connect(handlers) {
  let pause = FIRST_PAUSE, offset = 0, shortest = Infinity;

  function open() {
    const socket = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/live');
    socket.binaryType = 'arraybuffer';
    let timer = 0;
    function askTime() {
      const question = new DataView(new ArrayBuffer(8));
      question.setFloat64(0, Date.now());
      socket.send(question.buffer);
    }
    socket.onopen = function () {
      pause = FIRST_PAUSE;
      shortest = Infinity;
      askTime();
      timer = setInterval(askTime, TIME_PAUSE);
      handlers.open();
    };
    socket.onmessage = function (event) {
      if (typeof event.data !== 'string') {
        const view = new DataView(event.data);
        handlers.picture(view.getInt32(0) + '.' + view.getUint32(4), view.getFloat64(8), new Uint8Array(event.data, 16), function () {
          if (socket.readyState === WebSocket.OPEN) socket.send(new Uint8Array(1));
        });
        return;
      }
      const message = JSON.parse(event.data);
      if (message.type !== 'time') {
        handlers.message(message);
        return;
      }
      // The quickest answer tells the time best.
      const there = Date.now() - message.asked;
      if (there <= shortest) {
        shortest = there;
        offset = message.now - (message.asked + there / 2);
      }
    };
    socket.onclose = function () {
      clearInterval(timer);
      handlers.closed();
      setTimeout(open, pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    };
  }

  open();
  return { now: function () { return Date.now() + offset; } };
}
