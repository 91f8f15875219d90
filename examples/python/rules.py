"""When a robot is to do something, told from the messages of the topic 'faces' (face_attributes/FaceAttributesArray)."""

DISTRESS = ('fear', 'sad', 'disgust')


def seconds(message):
    """Return the image's stamp in seconds."""
    return message.header.stamp.sec + message.header.stamp.nanosec / 1e9


class HappyGroup:
    """Everyone in the image has been happy for a while."""

    def __init__(self, hold=1.0, gap=1.0):
        """Hold: for how many seconds. Gap: seconds without a message after which it begins anew."""
        self.hold, self.gap = hold, gap
        self.since = self.last = None
        self.done = False

    def update(self, message):
        """Return whether it is so now, once for each time that it comes about."""
        now = seconds(message)
        happy = len(message.faces) > 0 and all(face.emotion.label == 'happy' for face in message.faces)
        if not happy or self.since is None or not 0 <= now - self.last <= self.gap:
            self.since, self.done = now if happy else None, False
        self.last = now
        if self.since is None or self.done or now - self.since < self.hold:
            return False
        self.done = True
        return True


class Distress:
    """Somebody has looked afraid, sad or disgusted for a while: what pain and distress look like to the networks."""

    def __init__(self, hold=3.0, gap=0.5):
        """Hold: for how many seconds. Gap: seconds of another expression, or out of sight, that are forgiven."""
        self.hold, self.gap = hold, gap
        self.spans = {}  # of each id: since when, until when, and whether it was told

    def update(self, message):
        """Return the ids of whom it is so now, each once for each time that it comes about."""
        now = seconds(message)
        self.spans = {
            id: span for id, span in self.spans.items() if 0 <= now - span[1] <= self.gap}
        told = []
        for face in message.faces:
            if face.emotion.label not in DISTRESS:
                continue
            since, _, done = self.spans.get(face.id, (now, now, False))
            if not done and now - since >= self.hold:
                told.append(face.id)
                done = True
            self.spans[face.id] = (since, now, done)
        return told


class Newcomers:
    """Faces that have just come, and stay."""

    def __init__(self, hold=0.5):
        """Hold: seconds for which a face must have been followed, so that no passing shadow counts."""
        self.hold = hold
        self.known = set()

    def update(self, message):
        """Return the ids of those who are new, each once in its life."""
        # A node that was started again begins with f1 anew.
        self.known.difference_update(face.id for face in message.faces if face.tracked_seconds < self.hold)
        new = [face.id for face in message.faces if face.tracked_seconds >= self.hold and face.id not in self.known]
        self.known.update(new)
        return new
