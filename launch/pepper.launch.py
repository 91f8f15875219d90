"""Starts the node on the camera in Pepper's forehead, as naoqi_driver publishes it: 320x240 at 10 Hz."""

from ament_index_python.packages import get_package_share_path
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, IncludeLaunchDescription
from launch.launch_description_sources import PythonLaunchDescriptionSource

LAUNCH = get_package_share_path('face_attributes') / 'launch'


def generate_launch_description():
    """Set the topic; all other arguments are those of face_attributes.launch.py."""
    return LaunchDescription([
        DeclareLaunchArgument('image', default_value='/camera/front/image_raw', description="The camera's topic"),
        IncludeLaunchDescription(
            PythonLaunchDescriptionSource(str(LAUNCH / 'face_attributes.launch.py'))),
    ])
