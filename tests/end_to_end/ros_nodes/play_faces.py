#!/usr/bin/env python3
"""Publishes a recording of examples/recorded on 'faces', and its images' stamps on 'image', once somebody listens to faces."""
import csv
import itertools
import sys

from face_attributes.msg import FaceAttributes, FaceAttributesArray
import rclpy
from sensor_msgs.msg import Image

rclpy.init()
node = rclpy.create_node('play_faces')
faces = node.create_publisher(FaceAttributesArray, 'faces', 1000)
images = node.create_publisher(Image, 'image', 1000)
while faces.get_subscription_count() == 0:
    rclpy.spin_once(node, timeout_sec=0.1)
with open(sys.argv[1], newline='') as file:
    for stamp, rows in itertools.groupby(csv.DictReader(file), key=lambda row: row['stamp']):
        message = FaceAttributesArray()
        sec, nanosec = stamp.split('.')
        message.header.stamp.sec, message.header.stamp.nanosec = int(sec), int(nanosec.ljust(9, '0'))
        for row in rows:
            if row['id']:
                face = FaceAttributes(id=row['id'], tracked_seconds=float(row['tracked_seconds']))
                face.emotion.label = row['emotion']
                message.faces.append(face)
        images.publish(Image(header=message.header))
        faces.publish(message)
        rclpy.spin_once(node, timeout_sec=0.002)
print('played', flush=True)
rclpy.spin(node)
