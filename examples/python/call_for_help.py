#!/usr/bin/env python3
"""Publishes a question on 'say' when somebody looks in pain or distress for some seconds."""

from face_attributes.msg import FaceAttributesArray
import rclpy
from rclpy.executors import ExternalShutdownException
from rclpy.node import Node
from rules import Distress
from std_msgs.msg import String


class CallForHelp(Node):
    """Subscribes to 'faces'."""

    def __init__(self):
        super().__init__('call_for_help')
        self.rule = Distress(self.declare_parameter('hold', 3.0).value)
        self.say = self.create_publisher(String, 'say', 10)
        self.create_subscription(FaceAttributesArray, 'faces', self.look, 10)

    def look(self, faces):
        """Ask whoever looks so."""
        for face in self.rule.update(faces):
            self.get_logger().warn(f'{face} looks in distress')
            self.say.publish(String(data='Do you need help?'))


def main():
    """Run until Ctrl-C."""
    rclpy.init()
    try:
        rclpy.spin(CallForHelp())
    except (KeyboardInterrupt, ExternalShutdownException):
        pass


if __name__ == '__main__':
    main()
