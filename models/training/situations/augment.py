"""Pictures as other cameras, other rooms and other hours would show them."""
import cv2
import numpy as np


def augment(picture, random):
    """Crop, mirror, light, colour, blur, noise and compression, each by chance: BGR uint8 in, BGR uint8 out."""
    picture = crop(picture, random)
    if random.random() < 0.5:
        picture = picture[:, ::-1]
    picture = light(picture.astype(np.float32), random)
    if random.random() < 0.15:
        picture = np.repeat(picture.mean(2, keepdims=True), 3, 2)
    if random.random() < 0.2:
        side = int(random.integers(48, 128))
        small = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
        picture = cv2.resize(small, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    if random.random() < 0.2:
        picture = picture + random.normal(0, random.uniform(2, 12), picture.shape)
    picture = np.ascontiguousarray(np.clip(picture, 0, 255).astype(np.uint8))
    if random.random() < 0.2:
        _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(15, 60))])
        picture = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return picture


def crop(picture, random):
    """60% to all of the area, at about its shape."""
    height, width = picture.shape[:2]
    share = np.sqrt(random.uniform(0.6, 1.0))
    shape = np.sqrt(random.uniform(0.85, 1.18))
    tall, wide = min(height, round(height * share * shape)), min(width, round(width * share / shape))
    top, left = random.integers(0, height - tall + 1), random.integers(0, width - wide + 1)
    return picture[top:top + tall, left:left + wide]


def light(picture, random):
    """Brightness, contrast, colour of the light; one in eight in the dark."""
    mean = picture.mean()
    picture = (picture - mean) * random.uniform(0.7, 1.3) + mean * random.uniform(0.7, 1.3)
    picture = picture * random.uniform(0.88, 1.12, 3)
    if random.random() < 0.125:
        picture = picture * random.uniform(0.2, 0.5)
    return picture
