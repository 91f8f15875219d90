// The picture with the faces drawn in, in the colours that the node uses.

const COLORS = { angry: '#ff5050', sad: '#4696ff', happy: '#ffe100', surprise: '#00ebff' };
const OTHER_COLOR = '#5ae15a';

export function colorOf(emotion) {
  return COLORS[emotion] || OTHER_COLOR;
}

export function percent(probability) {
  return Math.round(100 * probability) + '%';
}

// In words, what is known of a face.
export function describeFace(face) {
  const words = [face.emotion.label === 'unknown' ? 'emotion unknown' : face.emotion.label];
  if (face.gender.label !== 'unknown') words.push(face.gender.label);
  if (face.age.known) words.push('~' + Math.round(face.age.value));
  return words.join(' ');
}

// frame.image may be null: then the faces stand before nothing.
export function draw(canvas, frame, withBoxes) {
  const context = canvas.getContext('2d');
  const width = frame.image ? frame.image.width : frame.faces.width;
  const height = frame.image ? frame.image.height : frame.faces.height;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  if (frame.image) {
    context.drawImage(frame.image, 0, 0);
  } else {
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
  }
  if (!withBoxes) return;
  const line = Math.max(2, Math.round(Math.min(width, height) / 200));
  const size = Math.max(12, Math.round(Math.min(width, height) / 28));
  context.lineWidth = line;
  context.font = size + 'px sans-serif';
  context.textBaseline = 'top';
  // The node may have looked at a smaller picture than the camera's, in whose pixels the boxes are.
  const scale = width / frame.faces.width;
  frame.faces.faces.forEach(function (face) {
    const box = { left: scale * face.roi.x_offset, top: scale * face.roi.y_offset, width: scale * face.roi.width, height: scale * face.roi.height };
    context.strokeStyle = colorOf(face.emotion.label);
    context.strokeRect(box.left, box.top, box.width, box.height);
    const lines = [face.id, describeFace(face)];
    const wide = Math.max(context.measureText(lines[0]).width, context.measureText(lines[1]).width) + 8;
    const high = lines.length * (size + 3) + 5;
    const left = Math.max(0, Math.min(box.left, width - wide));
    const below = box.top + box.height + line;
    const top = below + high <= height ? below : Math.max(0, box.top - high - line);
    context.fillStyle = 'rgba(0, 0, 0, 0.7)';
    context.fillRect(left, top, wide, high);
    context.fillStyle = '#cdcdcd';
    context.fillText(lines[0], left + 4, top + 3);
    context.fillStyle = colorOf(face.emotion.label);
    context.fillText(lines[1], left + 4, top + 6 + size);
  });
}
