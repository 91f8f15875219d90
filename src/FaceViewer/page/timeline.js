import { colorOf } from './drawing.js';

// The last minute: a strip for each face in the colour of its emotion, and lines of pictures a second and latency.

const SECONDS = 60, STRIPS = 5, MOST_LATENCY = 0.2, MOST_RATE = 40;

export function Timeline(canvas) {
  let spans = []; // {id, emotion, from, to}, in the order of their end
  let rates = []; // {at, rate, latency}, one a second
  let count = 0, latency = 0, second = 0;
  const rows = {};

  function rowOf(id) {
    if (rows[id] === undefined) {
      const used = Object.keys(rows).map(function (other) { return rows[other]; });
      let row = 0;
      while (used.indexOf(row) >= 0) row++;
      rows[id] = row;
    }
    return rows[id];
  }

  this.rate = 0;

  this.add = function (faces, delay) {
    const now = Date.now() / 1000;
    count++;
    latency += delay;
    faces.forEach(function (face) {
      let span = null;
      for (let i = spans.length - 1; i >= 0 && !span; i--) {
        if (spans[i].id === face.id) span = spans[i];
      }
      if (span && span.emotion === face.emotion.label && now - span.to < 1.5) span.to = now;
      else spans.push({ id: face.id, emotion: face.emotion.label, from: now, to: now });
      rowOf(face.id);
    });
  };

  // Once a second.
  this.tick = function () {
    const now = Date.now() / 1000;
    if (second > 0) {
      this.rate = count / (now - second);
      rates.push({ at: now, rate: this.rate, latency: count > 0 ? latency / count : 0 });
    }
    second = now;
    count = latency = 0;
    spans = spans.filter(function (span) { return span.to > now - SECONDS; });
    rates = rates.filter(function (rate) { return rate.at > now - SECONDS; });
    Object.keys(rows).forEach(function (id) {
      if (!spans.some(function (span) { return span.id === id; })) delete rows[id];
    });
    drawAll(now);
  };

  function drawAll(now) {
    const width = canvas.clientWidth || 300, height = canvas.height;
    if (canvas.width !== width) canvas.width = width;
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, width, height);
    const x = function (time) { return width * (1 - (now - time) / SECONDS); };
    const strip = height / 2 / STRIPS;
    context.font = '11px sans-serif';
    context.textBaseline = 'top';
    spans.forEach(function (span) {
      const row = rowOf(span.id);
      if (row >= STRIPS) return;
      context.fillStyle = colorOf(span.emotion);
      context.fillRect(x(span.from), row * strip + 1, Math.max(1, x(span.to) - x(span.from)), strip - 3);
    });
    context.fillStyle = '#111';
    Object.keys(rows).forEach(function (id) {
      if (rows[id] < STRIPS) context.fillText(id, width - 30, rows[id] * strip + 1);
    });
    line(context, '#8ec7ff', 'pictures a second', 0, function (rate) { return rate.rate / MOST_RATE; });
    line(context, '#ffc400', 'latency (0 to ' + 1000 * MOST_LATENCY + ' ms)', 120, function (rate) { return rate.latency / MOST_LATENCY; });

    function line(context, color, title, left, of) {
      context.strokeStyle = context.fillStyle = color;
      context.lineWidth = 2;
      context.beginPath();
      rates.forEach(function (rate) {
        context.lineTo(x(rate.at), height - 2 - (height / 2 - 6) * Math.max(0, Math.min(1, of(rate))));
      });
      context.stroke();
      context.fillText(title, 4 + left, height / 2 + 2);
    }
  }
}
