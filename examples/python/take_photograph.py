#!/usr/bin/env python3
"""Publishes the camera's image on 'photograph' when everyone in it has been happy for a second."""

from face_attributes.msg import FaceAttributesArray
import rclpy
from rclpy.executors import ExternalShutdownException
from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from rules import HappyGroup
from sensor_msgs.msg import Image


class TakePhotograph(Node):
    """Subscribes to 'image' and 'faces'."""

    def __init__(self):
        super().__init__('take_photograph')
        self.rule = HappyGroup(self.declare_parameter('hold', 1.0).value)
        self.image = None
        self.photograph = self.create_publisher(Image, 'photograph', 10)
        self.create_subscription(Image, 'image', self.keep, qos_profile_sensor_data)
        self.create_subscription(FaceAttributesArray, 'faces', self.look, 10)

    def keep(self, image):
        """Keep the newest image."""
        self.image = image

    def look(self, faces):
        """Publish it at the right moment."""
        if self.rule.update(faces) and self.image is not None:
            self.get_logger().info(f'Photograph of {len(faces.faces)} happy faces')
            self.photograph.publish(self.image)


def main():
    """Run until Ctrl-C."""
    rclpy.init()
    try:
        rclpy.spin(TakePhotograph())
    except (KeyboardInterrupt, ExternalShutdownException):
        pass


if __name__ == '__main__':
    main()
