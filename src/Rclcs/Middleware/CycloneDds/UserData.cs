using System.Text;

namespace rclcs.Middleware.CycloneDds;

/// <summary>USER_DATA of participants and endpoints, in which ROS 2 puts <c>key=value;</c> pairs.</summary>
internal static class UserData
{
    private const string TypeHashKey = "typehash";

    /// <summary>Of a participant.</summary>
    public static byte[] ForParticipant(string enclave) => Encoding.ASCII.GetBytes(Pair("enclave", enclave));

    /// <summary>Of an endpoint.</summary>
    /// <param name="typeHash">Left out where it is empty.</param>
    /// <param name="others">Further pairs, which come first.</param>
    public static byte[] ForEndpoint(string typeHash, string others) =>
        Encoding.ASCII.GetBytes(typeHash.Length == 0 ? others : $"{others}{Pair(TypeHashKey, typeHash)}");

    /// <summary>A pair.</summary>
    public static string Pair(string key, string value) => $"{key}={value};";

    /// <summary>The type hash in it, or the empty text.</summary>
    public static string FindTypeHash(ReadOnlySpan<byte> userData) => Find(TypeHashKey, userData);

    /// <summary>The value for a key, or the empty text.</summary>
    public static string Find(string key, ReadOnlySpan<byte> userData)
    {
        // Fast DDS ends the data with a NUL.
        foreach (var pair in Encoding.ASCII.GetString(userData).TrimEnd('\0').Split(';'))
        {
            if (pair.StartsWith(key, StringComparison.Ordinal) && pair.AsSpan(key.Length).StartsWith("="))
                return pair[(key.Length + 1)..];
        }

        return "";
    }
}
