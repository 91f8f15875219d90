"""Starts the face_attributes node on a camera's topic."""

from ament_index_python.packages import get_package_share_path
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, OpaqueFunction
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue

PACKAGE = 'face_attributes'
# Arguments that change one parameter, and which.
PARAMETERS = {'detector': 'detector', 'reliability': 'input.reliability', 'transport': 'input.transport'}


def generate_launch_description():
    """Declare the arguments and the node."""
    default_parameters = str(get_package_share_path(PACKAGE) / 'config' / 'face_attributes.yaml')
    return LaunchDescription([
        DeclareLaunchArgument('image', default_value='/camera/image_raw', description="The camera's topic"),
        DeclareLaunchArgument('params_file', default_value=default_parameters, description='Parameters of the node'),
        DeclareLaunchArgument(
            'detector', default_value='', description='What finds the faces, such as ultraface or haar; empty for what params_file says'),
        DeclareLaunchArgument(
            'reliability', default_value='', description='auto, best_effort or reliable: input.reliability; empty for what params_file says'),
        DeclareLaunchArgument(
            'transport', default_value='', description='auto, raw or compressed: input.transport; empty for what params_file says'),
        DeclareLaunchArgument('namespace', default_value='', description='Namespace of the node'),
        DeclareLaunchArgument(
            'autostart', default_value='true',
            description='Whether the node configures and activates itself; false leaves that to ros2 lifecycle'),
        DeclareLaunchArgument('log_level', default_value='info', description='debug, info, warn, error or fatal'),
        OpaqueFunction(function=declare_node),
    ])


def declare_node(context):
    """Declare the node, with the parameters that are given: the file of parameters has the others."""
    given = {
        parameter: LaunchConfiguration(argument).perform(context)
        for argument, parameter in PARAMETERS.items()
    }
    return [
        Node(
            package=PACKAGE,
            executable='face_attributes_node',
            namespace=LaunchConfiguration('namespace'),
            remappings=[('image', LaunchConfiguration('image'))],
            parameters=[
                LaunchConfiguration('params_file'),
                {'autostart': ParameterValue(LaunchConfiguration('autostart'), value_type=bool)},
                {parameter: value for parameter, value in given.items() if value},
            ],
            ros_arguments=['--log-level', LaunchConfiguration('log_level')],
            output='screen',
        ),
    ]
