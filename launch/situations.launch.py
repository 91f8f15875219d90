"""Starts the situations node on a camera's topic."""

from ament_index_python.packages import get_package_share_path
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue

PACKAGE = 'face_attributes'


def generate_launch_description():
    """Declare the arguments and the node."""
    default_parameters = str(get_package_share_path(PACKAGE) / 'config' / 'situations.yaml')
    return LaunchDescription([
        DeclareLaunchArgument('image', default_value='/camera/image_raw', description="The camera's topic"),
        DeclareLaunchArgument('params_file', default_value=default_parameters, description='Parameters of the node'),
        DeclareLaunchArgument('namespace', default_value='', description='Namespace of the node'),
        DeclareLaunchArgument(
            'autostart', default_value='true',
            description='Whether the node configures and activates itself; false leaves that to ros2 lifecycle'),
        DeclareLaunchArgument('log_level', default_value='info', description='debug, info, warn, error or fatal'),
        Node(
            package=PACKAGE,
            executable='situations_node',
            namespace=LaunchConfiguration('namespace'),
            remappings=[('image', LaunchConfiguration('image'))],
            parameters=[
                LaunchConfiguration('params_file'),
                {'autostart': ParameterValue(LaunchConfiguration('autostart'), value_type=bool)},
            ],
            ros_arguments=['--log-level', LaunchConfiguration('log_level')],
            output='screen',
        ),
    ])
