"""Starts the face_attributes node on a camera's topic, and activates it."""

from ament_index_python.packages import get_package_share_path
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, IncludeLaunchDescription, OpaqueFunction
from launch.conditions import IfCondition
from launch.launch_description_sources import PythonLaunchDescriptionSource
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.parameter_descriptions import ParameterValue

SHARE = get_package_share_path('face_attributes')


def generate_launch_description():
    """Declare what is this node's own; all other arguments are those of vision_node.launch.py."""
    return LaunchDescription([
        DeclareLaunchArgument(
            'params_file', default_value=str(SHARE / 'config' / 'face_attributes.yaml'),
            description='Parameters of the node'),
        DeclareLaunchArgument('name', default_value='face_attributes', description='Name of the node'),
        DeclareLaunchArgument(
            'detector', default_value='',
            description='What finds the faces, such as ultraface or haar; empty for what params_file says'),
        DeclareLaunchArgument(
            'rviz', default_value='false', description='Whether rviz2 shows the camera and the annotated image'),
        IncludeLaunchDescription(
            PythonLaunchDescriptionSource(str(SHARE / 'launch' / 'vision_node.launch.py')),
            launch_arguments={'executable': 'face_attributes_node'}.items()),
        OpaqueFunction(function=declare_rviz, condition=IfCondition(LaunchConfiguration('rviz'))),
    ])


def declare_rviz(context):
    """Declare rviz2, in the node's time."""
    use_sim_time = LaunchConfiguration('use_sim_time')
    return [Node(
        package='rviz2', executable='rviz2', namespace=LaunchConfiguration('namespace'),
        arguments=['-d', str(SHARE / 'config' / 'face_attributes.rviz')],
        parameters=[{'use_sim_time': ParameterValue(use_sim_time, value_type=bool)}] if use_sim_time.perform(context) else [],
        # A name without a slash at its front is one in the namespace, as the node's.
        remappings=[
            ('/camera/image_raw', LaunchConfiguration('image')),
            ('/face_attributes/annotated', [LaunchConfiguration('name'), '/annotated']),
        ],
        output='screen',
    )]
