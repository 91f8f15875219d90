"""
Starts a managed node that works on a camera's images, and activates it.

What face_attributes.launch.py and situations.launch.py have in common; these are what a user starts.
"""

from pathlib import Path

from launch import LaunchDescription
from launch.actions import DeclareLaunchArgument, EmitEvent, LogInfo, OpaqueFunction, RegisterEventHandler, TimerAction
from launch.event_handlers import OnProcessExit, OnProcessStart
from launch.events import matches_action
from launch.substitutions import LaunchConfiguration
from launch_ros.actions import LifecycleNode
from launch_ros.event_handlers import OnStateTransition
from launch_ros.events.lifecycle import ChangeState
from launch_ros.parameter_descriptions import ParameterValue
from lifecycle_msgs.msg import Transition

# Arguments that change one parameter, and which. The file that includes this one declares those that only its node has.
PARAMETERS = {'detector': 'detector', 'reliability': 'input.reliability', 'transport': 'input.transport'}

# Seconds without an answer after which the node is asked once more to configure itself.
PATIENCE = 10.0


def generate_launch_description():
    """Declare the arguments and the node."""
    return LaunchDescription([
        DeclareLaunchArgument('image', default_value='/camera/image_raw', description="The camera's topic"),
        DeclareLaunchArgument(
            'reliability', default_value='',
            description='auto, best_effort or reliable: input.reliability; empty for what params_file says'),
        DeclareLaunchArgument(
            'transport', default_value='',
            description='auto, raw or compressed: input.transport; empty for what params_file says'),
        DeclareLaunchArgument('namespace', default_value='', description='Namespace of the node'),
        DeclareLaunchArgument(
            'autostart', default_value='true',
            description='Whether the node is configured and activated, whatever params_file says; false leaves that to ros2 lifecycle'),
        DeclareLaunchArgument(
            'use_sim_time', default_value='',
            description='Whether time is that of /clock, as with a bag or a simulation; empty for what params_file or SetParameter says'),
        DeclareLaunchArgument(
            'respawn', default_value='false', description='Whether the node is started again when it ends by itself'),
        DeclareLaunchArgument('log_level', default_value='info', description='debug, info, warn, error or fatal'),
        OpaqueFunction(function=declare_node),
    ])


def declare_node(context):
    """Declare the node, with the parameters that are given: the file of parameters has the others."""
    params_file = context.launch_configurations['params_file']
    if not Path(params_file).is_file():
        # launch_ros would only warn, and the node run with its defaults.
        raise FileNotFoundError(f"there is no file '{params_file}', which params_file names")
    given = {
        parameter: context.launch_configurations[argument]
        for argument, parameter in PARAMETERS.items()
        if context.launch_configurations.get(argument)
    }
    if context.launch_configurations.get('use_sim_time'):
        given['use_sim_time'] = ParameterValue(LaunchConfiguration('use_sim_time'), value_type=bool)
    node = LifecycleNode(
        package='face_attributes',
        executable=LaunchConfiguration('executable'),
        name=LaunchConfiguration('name'),
        namespace=LaunchConfiguration('namespace'),
        remappings=[('image', LaunchConfiguration('image'))],
        parameters=[LaunchConfiguration('params_file'), {'autostart': False, **given}],
        ros_arguments=['--log-level', LaunchConfiguration('log_level')],
        respawn=is_true(context, 'respawn'),
        respawn_delay=2.0,
        output='screen',
    )
    # The handlers come first: the node may be quick.
    return [*(activation(node) if is_true(context, 'autostart') else []), node]


def activation(node):
    """Configure the node at each start, activate it when it is configured, and say so."""
    waiting = []

    # The middleware remembers a node that was killed for a while, and what the one that is started after it is asked then is lost.
    def configure(_):
        waiting[:] = [TimerAction(period=PATIENCE, actions=[OpaqueFunction(function=configure)])]
        return [change(node, Transition.TRANSITION_CONFIGURE), *waiting]

    def wait_no_more(_):
        for timer in waiting:
            timer.cancel()

    return [
        RegisterEventHandler(OnProcessStart(target_action=node, on_start=[OpaqueFunction(function=configure)])),
        RegisterEventHandler(OnProcessExit(target_action=node, on_exit=[OpaqueFunction(function=wait_no_more)])),
        RegisterEventHandler(OnStateTransition(
            target_lifecycle_node=node, start_state='unconfigured', goal_state='configuring',
            entities=[OpaqueFunction(function=wait_no_more)])),
        RegisterEventHandler(OnStateTransition(
            target_lifecycle_node=node, start_state='configuring', goal_state='inactive',
            entities=[change(node, Transition.TRANSITION_ACTIVATE)])),
        RegisterEventHandler(OnStateTransition(
            target_lifecycle_node=node, goal_state='active',
            entities=[LogInfo(msg=[LaunchConfiguration('name'), ' is active'])])),
    ]


def change(node, transition):
    """Ask for a transition of the node."""
    return EmitEvent(event=ChangeState(lifecycle_node_matcher=matches_action(node), transition_id=transition))


def is_true(context, argument):
    """Tell whether an argument says yes."""
    return LaunchConfiguration(argument).perform(context).lower() in ('true', '1', 'yes', 'on')
