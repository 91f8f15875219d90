#!/usr/bin/env python3
"""Prints, once as many faces messages have come as the first argument says, how many had a face and a digest of all their bytes."""
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
        self.with_faces += len(deserialize_message(serialized, FaceAttributesArray).faces) > 0


rclpy.init()
node = DigestFaces()
while node.messages < int(sys.argv[1]):
    rclpy.spin_once(node)
print(f'{node.messages} messages, {node.with_faces} with faces, {node.digest.hexdigest()}', flush=True)
