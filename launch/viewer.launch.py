"""Starts the viewer: a web page and a REST interface beside the face_attributes node."""

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue


def generate_launch_description():
    """Declare the arguments and the viewer."""
    return LaunchDescription([
        DeclareLaunchArgument(
            'address', default_value='127.0.0.1',
            description='IP address it listens at; any that others reach, such as 0.0.0.0, asks for a token'),
        DeclareLaunchArgument('port', default_value='8080', description='Port it listens at'),
        DeclareLaunchArgument('token', default_value='', description='The token; empty for a new one at each start, where one is asked for'),
        DeclareLaunchArgument('node', default_value='face_attributes', description='Name of the face_attributes node'),
        DeclareLaunchArgument('situations', default_value='situations', description='Name of the situations node'),
        DeclareLaunchArgument('namespace', default_value='', description='Namespace of the viewer and the nodes'),
        DeclareLaunchArgument(
            'use_sim_time', default_value='false', description='Whether time is that of /clock, as with a bag or a simulation'),
        DeclareLaunchArgument('log_level', default_value='info', description='debug, info, warn, error or fatal'),
        Node(
            package='face_attributes',
            executable='face_viewer',
            namespace=LaunchConfiguration('namespace'),
            parameters=[{
                'address': ParameterValue(LaunchConfiguration('address'), value_type=str),
                'port': ParameterValue(LaunchConfiguration('port'), value_type=int),
                'token': ParameterValue(LaunchConfiguration('token'), value_type=str),
                'node': ParameterValue(LaunchConfiguration('node'), value_type=str),
                'situations': ParameterValue(LaunchConfiguration('situations'), value_type=str),
                'use_sim_time': ParameterValue(LaunchConfiguration('use_sim_time'), value_type=bool),
            }],
            ros_arguments=['--log-level', LaunchConfiguration('log_level')],
            output='screen',
        ),
    ])
