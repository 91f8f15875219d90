using rclcs.Middleware.CycloneDds.Interop;

namespace rclcs.Middleware.CycloneDds;

/// <summary>What the endpoints that a reader or writer is connected with announce in USER_DATA.</summary>
internal static unsafe class MatchedEndpoints
{
    private const int InitialRoom = 16;

    /// <summary>The value for a key of each reader that the writer is connected with, empty where there is none.</summary>
    public static List<string> FindInReaders(int writer, string key) => Find(
        writer, key, &Ddsc.dds_get_matched_subscriptions, &Ddsc.dds_get_matched_subscription_data);

    /// <summary>The value for a key of each writer that the reader is connected with, empty where there is none.</summary>
    public static List<string> FindInWriters(int reader, string key) => Find(
        reader, key, &Ddsc.dds_get_matched_publications, &Ddsc.dds_get_matched_publication_data);

    /// <summary>The value for a key of one writer that the reader is connected with.</summary>
    /// <returns>Null if it is connected no longer, empty without such a key.</returns>
    public static string? FindInWriter(int reader, ulong writer, string key) =>
        Read(Ddsc.dds_get_matched_publication_data(reader, writer), key);

    private static List<string> Find(
        int entity,
        string key,
        delegate*<int, ulong*, nuint, int> getHandles,
        delegate*<int, ulong, DdsBuiltinEndpoint*> getData)
    {
        var handles = new ulong[InitialRoom];
        while (true)
        {
            int count;
            fixed (ulong* first = handles)
                count = getHandles(entity, first, (nuint)handles.Length);

            if (count > handles.Length)
            {
                handles = new ulong[count];
                continue;
            }

            // Negative for an entity that is deleted.
            var values = new List<string>();
            for (var i = 0; i < count; i++)
            {
                if (Read(getData(entity, handles[i]), key) is { } value)
                    values.Add(value);
            }

            return values;
        }
    }

    private static string? Read(DdsBuiltinEndpoint* endpoint, string key)
    {
        if (endpoint == null)
            return null;

        var value = UserData.Find(key, DdsQos.GetUserData(endpoint->Qos));
        Ddsc.dds_builtintopic_free_endpoint(endpoint);
        return value;
    }
}
