using static rclcs.LifecycleState;

namespace rclcs;

/// <summary>
/// State of a managed node, with the numbers of lifecycle_msgs/msg/State ("Managed nodes", design.ros2.org). In ROS the
/// labels are the names in small letters.
/// </summary>
public enum LifecycleState : byte
{
    /// <summary>None of the others.</summary>
    Unknown = 0,

    /// <summary>Just created, or cleaned up.</summary>
    Unconfigured = 1,

    /// <summary>Ready to work, but not working.</summary>
    Inactive = 2,

    /// <summary>At work.</summary>
    Active = 3,

    /// <summary>The end of its life: no transition leads out of it.</summary>
    Finalized = 4,

    /// <summary>On the way from <see cref="Unconfigured"/> to <see cref="Inactive"/>.</summary>
    Configuring = 10,

    /// <summary>On the way from <see cref="Inactive"/> to <see cref="Unconfigured"/>.</summary>
    CleaningUp = 11,

    /// <summary>On the way to <see cref="Finalized"/>.</summary>
    ShuttingDown = 12,

    /// <summary>On the way from <see cref="Inactive"/> to <see cref="Active"/>.</summary>
    Activating = 13,

    /// <summary>On the way from <see cref="Active"/> to <see cref="Inactive"/>.</summary>
    Deactivating = 14,

    /// <summary>After an error, on the way to <see cref="Unconfigured"/> or <see cref="Finalized"/>.</summary>
    ErrorProcessing = 15,
}

/// <summary>A way from one state of a managed node to another.</summary>
/// <param name="Id">One of the numbers of lifecycle_msgs/msg/Transition.</param>
/// <param name="Label">Its name, of which there is one in a state: <c>configure</c>, <c>transition_success</c> …</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Goal">Where it ends.</param>
public readonly record struct LifecycleTransition(byte Id, string Label, LifecycleState Start, LifecycleState Goal);

/// <summary>The states and transitions of managed nodes, with the numbers and labels of rcl_lifecycle.</summary>
internal static class LifecycleStateMachine
{
    public const string Success = "transition_success";
    public const string Failure = "transition_failure";
    public const string Error = "transition_error";

    /// <summary>All states, in rcl_lifecycle's order.</summary>
    public static IReadOnlyList<LifecycleState> States { get; } =
    [
        Unknown, Unconfigured, Inactive, Active, Finalized,
        Configuring, CleaningUp, ShuttingDown, Activating, Deactivating, ErrorProcessing,
    ];

    /// <summary>All transitions, in rcl_lifecycle's order.</summary>
    public static IReadOnlyList<LifecycleTransition> Transitions { get; } =
    [
        new(1, "configure", Unconfigured, Configuring),
        new(10, Success, Configuring, Inactive),
        new(11, Failure, Configuring, Unconfigured),
        new(12, Error, Configuring, ErrorProcessing),
        new(2, "cleanup", Inactive, CleaningUp),
        new(20, Success, CleaningUp, Unconfigured),
        new(21, Failure, CleaningUp, Inactive),
        new(22, Error, CleaningUp, ErrorProcessing),
        new(3, "activate", Inactive, Activating),
        new(30, Success, Activating, Active),
        new(31, Failure, Activating, Inactive),
        new(32, Error, Activating, ErrorProcessing),
        new(4, "deactivate", Active, Deactivating),
        new(40, Success, Deactivating, Inactive),
        new(41, Failure, Deactivating, Active),
        new(42, Error, Deactivating, ErrorProcessing),
        new(5, "shutdown", Unconfigured, ShuttingDown),
        new(6, "shutdown", Inactive, ShuttingDown),
        new(7, "shutdown", Active, ShuttingDown),
        new(50, Success, ShuttingDown, Finalized),
        new(51, Failure, ShuttingDown, Finalized),
        new(52, Error, ShuttingDown, ErrorProcessing),
        new(60, Success, ErrorProcessing, Unconfigured),
        new(61, Failure, ErrorProcessing, Finalized),
        new(62, Error, ErrorProcessing, Finalized),
    ];

    /// <summary>What a state is called in ROS.</summary>
    public static string LabelOf(LifecycleState state) => state.ToString().ToLowerInvariant();

    /// <summary>The transitions out of a state.</summary>
    public static IEnumerable<LifecycleTransition> From(LifecycleState state) =>
        Transitions.Where(transition => transition.Start == state);

    /// <summary>The transition that others may ask for; none while one is under way.</summary>
    /// <param name="state">Where the node is.</param>
    /// <param name="id">The transition's number, ignored where there is a label.</param>
    /// <param name="label">The transition's label, or empty.</param>
    public static LifecycleTransition? FindRequested(LifecycleState state, byte id, string label)
    {
        if (state is Configuring or CleaningUp or ShuttingDown or Activating or Deactivating or ErrorProcessing)
            return null;

        foreach (var transition in From(state))
        {
            if (label.Length > 0 ? transition.Label == label : transition.Id == id)
                return transition;
        }

        return null;
    }

    /// <summary>The transition that follows from how a callback ended.</summary>
    /// <param name="state">Where the node is, on the way from one state to another.</param>
    /// <param name="result">How it ended.</param>
    public static LifecycleTransition Follow(LifecycleState state, CallbackReturn result) =>
        From(state).Single(transition => transition.Label == result.Label);
}
