using static rclcs.LifecycleState;

namespace rclcs;

/// <summary>The states and transitions of managed nodes, with the numbers and labels of rcl_lifecycle.</summary>
internal static class LifecycleStateMachine
{
    private const string Success = "transition_success";
    private const string Failure = "transition_failure";
    private const string Error = "transition_error";

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
    /// <param name="id">The transition's number, of no account where there is a label.</param>
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
    public static LifecycleTransition Follow(LifecycleState state, CallbackReturn result)
    {
        var label = result switch
        {
            CallbackReturn.Success => Success,
            CallbackReturn.Failure => Failure,
            _ => Error,
        };
        return From(state).Single(transition => transition.Label == label);
    }
}
