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

    /// <summary>At the end: nothing leads out of it.</summary>
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
