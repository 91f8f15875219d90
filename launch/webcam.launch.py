"""Starts a webcam and the node on its images."""

from ament_index_python.packages import get_package_share_path
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, IncludeLaunchDescription
from launch.conditions import IfCondition
from launch.launch_description_sources import PythonLaunchDescriptionSource
from launch.substitutions import EqualsSubstitution, LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue

PACKAGE = 'face_attributes'
LAUNCH = get_package_share_path(PACKAGE) / 'launch'


def generate_launch_description():
    """Declare the camera; all other arguments are those of face_attributes.launch.py."""
    image = LaunchConfiguration('image')
    remappings = [('image_raw', image), ('image_raw/compressed', [image, '/compressed']), ('camera_info', 'camera/camera_info')]
    return LaunchDescription([
        DeclareLaunchArgument('namespace', default_value='', description='Namespace of the node'),
        # A name without a slash at its front is one in the namespace, so that two cameras have two topics.
        DeclareLaunchArgument('image', default_value='camera/image_raw', description="The camera's topic"),
        DeclareLaunchArgument('device', default_value='/dev/video0', description='The webcam, such as /dev/video0; replay_camera also takes its number'),
        DeclareLaunchArgument(
            'driver', default_value='replay_camera', choices=['replay_camera', 'usb_cam'],
            description='What reads it: replay_camera of this package, or the package usb_cam'),
        Node(
            package=PACKAGE, executable='replay_camera', namespace=LaunchConfiguration('namespace'),
            parameters=[{'source': ParameterValue(LaunchConfiguration('device'), value_type=str)}], remappings=remappings,
            condition=IfCondition(EqualsSubstitution(LaunchConfiguration('driver'), 'replay_camera')), output='screen',
        ),
        Node(
            package='usb_cam', executable='usb_cam_node_exe', name='usb_cam', namespace=LaunchConfiguration('namespace'),
            parameters=[{'video_device': ParameterValue(LaunchConfiguration('device'), value_type=str)}], remappings=remappings,
            condition=IfCondition(EqualsSubstitution(LaunchConfiguration('driver'), 'usb_cam')), output='screen',
        ),
        IncludeLaunchDescription(
            PythonLaunchDescriptionSource(str(LAUNCH / 'face_attributes.launch.py'))),
    ])
