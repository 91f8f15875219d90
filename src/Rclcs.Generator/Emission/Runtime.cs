namespace rclcs.Generator.Emission;

/// <summary>What generated code uses of Rclcs. Written in full: a package may have a message of any name.</summary>
internal static class Runtime
{
    public const string Namespace = "global::rclcs.Serialization";
    public const string Message = Namespace + ".IMessage";
    public const string Writer = Namespace + ".CdrWriter";
    public const string Reader = Namespace + ".CdrReader";
    public const string FixedArray = Namespace + ".FixedArray";
}
