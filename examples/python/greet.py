#!/usr/bin/env python3
"""Publishes a greeting on 'say' for everyone who comes, once."""

from face_attributes.msg import FaceAttributesArray
import rclpy
from rclpy.executors import ExternalShutdownException
from rclpy.node import Node
from rules import Newcomers
from std_msgs.msg import String


class Greet(Node):
    """Subscribes to 'faces'."""

    def __init__(self):
        super().__init__('greet')
        self.rule = Newcomers(self.declare_parameter('hold', 0.5).value)
        self.say = self.create_publisher(String, 'say', 10)
        self.create_subscription(FaceAttributesArray, 'faces', self.look, 10)

    def look(self, faces):
        """Greet who is new."""
        for face in self.rule.update(faces):
            self.get_logger().info(f'{face} has come')
            self.say.publish(String(data='Hello!'))


def main():
    """Run until Ctrl-C."""
    rclpy.init()
    try:
        rclpy.spin(Greet())
    except (KeyboardInterrupt, ExternalShutdownException):
        pass


if __name__ == '__main__':
    main()
