using Behaviours;
using rclcs;

// One of the behaviours, as a node of its name.

return Rclcs.Run("behaviours", args, context =>
{
    if (context.Arguments is not [var name] || !Behaviour.Table.TryGetValue(name, out var start))
    {
        Console.Error.WriteLine($"Usage: behaviours {string.Join('|', Behaviour.Table.Keys)} [--ros-args -r faces:=TOPIC -r image:=TOPIC]");
        return 1;
    }

    using var node = Rclcs.CreateNode(name, context);
    using var behaviour = start(node);
    Rclcs.Spin(node, context);
    return 0;
});
