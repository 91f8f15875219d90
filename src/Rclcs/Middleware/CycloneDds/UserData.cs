using System.Text;

namespace rclcs.Middleware.CycloneDds;

/// <summary>USER_DATA of participants and endpoints, in which ROS 2 puts <c>key=value;</c> pairs.</summary>
internal static class UserData
{
    private const string TypeHashKey = "typehash=";

    /// <summary>Of a participant.</summary>
    public static ReadOnlySpan<byte> Participant => "enclave=/;"u8;

    /// <summary>Of an endpoint; empty without hash.</summary>
    public static byte[] ForEndpoint(string typeHash) =>
        typeHash.Length == 0 ? [] : Encoding.ASCII.GetBytes($"{TypeHashKey}{typeHash};");

    /// <summary>The type hash in it, or the empty text.</summary>
    public static string FindTypeHash(ReadOnlySpan<byte> userData)
    {
        // Fast DDS ends the data with a NUL.
        foreach (var pair in Encoding.ASCII.GetString(userData).TrimEnd('\0').Split(';'))
        {
            if (pair.StartsWith(TypeHashKey, StringComparison.Ordinal))
                return pair[TypeHashKey.Length..];
        }

        return "";
    }
}
