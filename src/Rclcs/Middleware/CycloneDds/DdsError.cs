using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>Return codes of Cyclone DDS (<c>dds_return_t</c>).</summary>
internal static unsafe class DdsError
{
    public const int BadParameter = -3;
    public const int AlreadyDeleted = -9;
    public const int IllegalOperation = -12;

    /// <summary>Lets pass what is not negative.</summary>
    /// <param name="result">A return code, a count or an entity.</param>
    /// <param name="failure">Begins the sentence, for example <c>The publisher of /chatter cannot be created</c>.</param>
    /// <exception cref="RuntimeError">It is negative.</exception>
    public static int Check(int result, string failure) => result >= 0 ? result : throw Create(result, failure);

    /// <summary>The exception for an error code.</summary>
    public static RuntimeError Create(int result, string failure) =>
        new($"{failure}: Cyclone DDS reports '{DdsText.FromNullTerminated(Ddsc.dds_strretcode(result))}'.");

    /// <summary>The entity was deleted before the call, which then did nothing.</summary>
    public static bool IsDeleted(int result) => result is BadParameter or AlreadyDeleted or IllegalOperation;
}
