"""Plays a scene, photographs, a video or a bag, and starts the node on its images."""

from ament_index_python.packages import get_package_share_path
from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, ExecuteProcess, IncludeLaunchDescription, RegisterEventHandler
from launch.conditions import IfCondition, UnlessCondition
from launch.launch_description_sources import PythonLaunchDescriptionSource
from launch.substitutions import EqualsSubstitution, LaunchConfiguration
from launch_ros.actions import Node
from launch_ros.event_handlers import OnStateTransition
from launch_ros.parameter_descriptions import ParameterValue

PACKAGE = 'face_attributes'
LAUNCH = get_package_share_path(PACKAGE) / 'launch'


def generate_launch_description():
    """Declare the source; all other arguments are those of face_attributes.launch.py."""
    image = LaunchConfiguration('image')
    return LaunchDescription([
        DeclareLaunchArgument('namespace', default_value='', description='Namespace of the node'),
        # A name without a slash at its front is one in the namespace, so that two cameras have two topics.
        DeclareLaunchArgument('image', default_value='camera/image_raw', description="The camera's topic"),
        DeclareLaunchArgument(
            'source', default_value='',
            description='A video, a photograph or a folder of them; empty for a scene with four faces'),
        DeclareLaunchArgument(
            'bag', default_value='',
            description="A bag to play instead, once the node is active; with use_sim_time:=true in its time, and image:=/TOPIC if it isn't /camera/image_raw or there is a namespace"),
        DeclareLaunchArgument(
            'use_sim_time', default_value='false', description='Whether time is that of /clock, as with a bag or a simulation'),
        Node(
            package=PACKAGE, executable='replay_camera', namespace=LaunchConfiguration('namespace'),
            parameters=[{
                'source': ParameterValue(LaunchConfiguration('source'), value_type=str),
                'use_sim_time': ParameterValue(LaunchConfiguration('use_sim_time'), value_type=bool),
            }],
            remappings=[('image_raw', image), ('image_raw/compressed', [image, '/compressed'])],
            condition=IfCondition(EqualsSubstitution(LaunchConfiguration('bag'), '')), output='screen',
        ),
        # Time for the node to find the bag's topics, so that it gets the first image too: what discovery has missed, Fast DDS
        # repeats after three seconds. The last one is waited for, since a player that ends takes along what is still on its way.
        RegisterEventHandler(
            OnStateTransition(goal_state='active', handle_once=True, entities=[
                ExecuteProcess(
                    cmd=['ros2', 'bag', 'play', '--clock', '100', '--delay', '5', '--wait-for-all-acked', '10000', LaunchConfiguration('bag')],
                    output='screen'),
            ]),
            condition=UnlessCondition(EqualsSubstitution(LaunchConfiguration('bag'), ''))),
        IncludeLaunchDescription(PythonLaunchDescriptionSource(str(LAUNCH / 'face_attributes.launch.py'))),
    ])
