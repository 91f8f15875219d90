"""Starts the situations node on a camera's topic, and activates it."""

from ament_index_python.packages import get_package_share_path
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, IncludeLaunchDescription
from launch.launch_description_sources import PythonLaunchDescriptionSource

SHARE = get_package_share_path('face_attributes')


def generate_launch_description():
    """Declare what is this node's own; all other arguments are those of vision_node.launch.py."""
    return LaunchDescription([
        DeclareLaunchArgument(
            'params_file', default_value=str(SHARE / 'config' / 'situations.yaml'), description='Parameters of the node'),
        DeclareLaunchArgument('name', default_value='situations', description='Name of the node'),
        IncludeLaunchDescription(
            PythonLaunchDescriptionSource(str(SHARE / 'launch' / 'vision_node.launch.py')),
            launch_arguments={'executable': 'situations_node'}.items()),
    ])
