#!/usr/bin/env python3
"""Prints the stamps of faces messages and, once as many as the first argument says have come, a digest of all their bytes."""
import hashlib
import sys

from face_attributes.msg import FaceAttributesArray
import rclpy
from rclpy.node import Node
from rclpy.qos import QoSHistoryPolicy, QoSProfile
from rclpy.serialization import deserialize_message


class DigestFaces(Node):
    """Subscribes to '/face_attributes/faces' as it is on the wire."""

    def __init__(self):
        super().__init__('digest_faces')
        self.digest = hashlib.sha256()
        self.messages = self.with_faces = 0
        self.create_subscription(
            FaceAttributesArray, '/face_attributes/faces', self.add, QoSProfile(history=QoSHistoryPolicy.KEEP_ALL), raw=True)

    def add(self, serialized):
        """Add a message."""
        self.digest.update(serialized)
        self.messages += 1
        message = deserialize_message(serialized, FaceAttributesArray)
        self.with_faces += len(message.faces) > 0
        print(f'{self.messages}: {message.header.stamp.sec}.{message.header.stamp.nanosec:09}', flush=True)


rclpy.init()
node = DigestFaces()
while node.messages < int(sys.argv[1]):
    rclpy.spin_once(node)
print(f'{node.messages} messages, {node.with_faces} with faces, {node.digest.hexdigest()}', flush=True)
