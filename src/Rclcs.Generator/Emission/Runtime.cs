namespace rclcs.Generator.Emission;

/// <summary>What generated code uses. Written in full: a package may have a message of any name.</summary>
internal static class Runtime
{
    public const string Namespace = "global::rclcs.Serialization";
    public const string Message = Namespace + ".IMessage";
    public const string ServiceRequest = Namespace + ".IServiceRequest";
    public const string KnownType = Namespace + ".KnownType";
    public const string Writer = Namespace + ".CdrWriter";
    public const string Reader = Namespace + ".CdrReader";
    public const string Utf8 = "global::System.ReadOnlySpan<byte>";
    public const string FixedArray = Namespace + ".FixedArray";
}
