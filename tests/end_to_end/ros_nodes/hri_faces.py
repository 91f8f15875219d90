#!/usr/bin/env python3
"""Follows the faces of /humans/faces/tracked, as REP-155 alone describes them, and prints what their topics say."""
from hri_msgs.msg import Expression, IdsList, NormalizedRegionOfInterest2D, SoftBiometrics
import rclpy
from rclpy.node import Node
from sensor_msgs.msg import Image


class HriFaces(Node):
    """Subscribes to the topics of each face while its id is in the list."""

    def __init__(self):
        super().__init__('hri_faces')
        self.faces = {}
        self.create_subscription(IdsList, '/humans/faces/tracked', self.track, 1)

    def track(self, message):
        """Listen to who has come, and no longer to who has gone."""
        for face in set(self.faces) - set(message.ids):
            for subscription in self.faces.pop(face):
                self.destroy_subscription(subscription)
            print(f'{face} has gone', flush=True)
        for face in set(message.ids) - set(self.faces):
            self.faces[face] = [
                self.listen(face, 'roi', NormalizedRegionOfInterest2D, lambda roi: roi.xmin < roi.xmax and roi.ymin < roi.ymax),
                self.listen(face, 'cropped', Image, lambda image: len(image.data) == image.height * image.step > 0),
                self.listen(face, 'expression', Expression, lambda expression: expression.expression != ''),
                self.listen(face, 'softbiometrics', SoftBiometrics,
                            lambda biometrics: biometrics.age > 0 if biometrics.age_confidence > 0 else None),
            ]

    def listen(self, face, topic, kind, is_right):
        """Print of each message whether it is what it should be; what is not known yet is neither right nor wrong."""
        def check(message):
            answer = is_right(message)
            print(face, topic, 'not known yet' if answer is None else 'right' if answer else f'wrong: {message}', flush=True)

        return self.create_subscription(kind, f'/humans/faces/{face}/{topic}', check, 1)


rclpy.init()
rclpy.spin(HriFaces())
