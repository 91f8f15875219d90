"""The loop that the project began as, oarriaga/face_classification's video_gender_demo.py, with this project's networks.

    seed_loop.py MODELS_FOLDER

Reads paths of pictures, a line each, looks at each picture as at a camera's frames, and answers with a line of numbers: faces
found, then milliseconds a frame, means: detect, track (it has none: 0), classify, draw, total. Needs Debian's python3-opencv.
"""

import sys
import time

import cv2
import numpy as np

CASCADE = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml"
EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
GENDERS = ("female", "male")
WINDOW = 10
WARM_UP, FRAMES, FEWEST_FRAMES, MOST_SECONDS = 3, 30, 5, 2


def cut(gray, box, margin_x, margin_y):
    x, y, width, height = box
    part = gray[max(0, y - margin_y):y + height + margin_y, max(0, x - margin_x):x + width + margin_x]
    part = cv2.resize(part, (48, 48)).astype(np.float32) / 255
    return ((part - 0.5) * 2)[np.newaxis, np.newaxis]


def answer(network, crop, labels, window):
    network.setInput(crop)
    window.append(labels[int(np.argmax(network.forward()))])
    del window[:-WINDOW]
    return max(window, key=window.count)


def look(frame, cascade, emotion, gender, windows):
    times = [time.perf_counter()]
    rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
    gray = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    faces = cascade.detectMultiScale(gray, 1.3, 5)
    times.append(time.perf_counter())
    texts = [(answer(gender, cut(gray, box, 30, 60), GENDERS, windows[0]), answer(emotion, cut(gray, box, 20, 40), EMOTIONS, windows[1]))
             for box in faces]
    times.append(time.perf_counter())
    for (x, y, width, height), text in zip(faces, texts):
        color = (0, 0, 255) if text[0] == "female" else (255, 0, 0)
        cv2.rectangle(rgb, (x, y), (x + width, y + height), color, 2)
        cv2.putText(rgb, text[0], (x, y - 20), cv2.FONT_HERSHEY_SIMPLEX, 1, color, 1, cv2.LINE_AA)
        cv2.putText(rgb, text[1], (x, y - 45), cv2.FONT_HERSHEY_SIMPLEX, 1, color, 1, cv2.LINE_AA)
    cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    times.append(time.perf_counter())
    return len(faces), np.diff(times) * 1000


def main():
    cascade = cv2.CascadeClassifier(CASCADE)
    networks = [cv2.dnn.readNetFromONNX(f"{sys.argv[1]}/{name}.onnx") for name in ("emotion", "gender")]
    windows = [], []
    for line in sys.stdin:
        picture = cv2.imread(line.rstrip("\n"))
        for _ in range(WARM_UP):
            look(picture, cascade, *networks, windows)
        frames, start = [], time.perf_counter()
        while len(frames) < FEWEST_FRAMES or (len(frames) < FRAMES and time.perf_counter() - start < MOST_SECONDS):
            frames.append(look(picture, cascade, *networks, windows))
        detect, classify, draw = np.mean([times for _, times in frames], axis=0)
        print(f"{frames[-1][0]} {detect:.4f} 0 {classify:.4f} {draw:.4f} {detect + classify + draw:.4f}", flush=True)


main()
