using rclcs.Serialization;

namespace std_srvs.srv;

internal static class SetBool
{
    internal sealed class Request : IMessage<Request>, IServiceRequest<Response>
    {
        public static string TypeName => "std_srvs/srv/SetBool_Request";
        public static string TypeHash => "";
        public static string Definition => "";
        public static string ServiceTypeName => "std_srvs/srv/SetBool";
        public static string ServiceTypeHash => "";
        public bool Data { get; set; }
        public void Serialize(ref CdrWriter writer) => writer.WriteBoolean(Data);
        public void Deserialize(ref CdrReader reader) => Data = reader.ReadBoolean();
    }

    internal sealed class Response : IMessage<Response>
    {
        public static string TypeName => "std_srvs/srv/SetBool_Response";
        public static string TypeHash => "";
        public static string Definition => "";
        public bool Success { get; set; }
        public string Message { get; set; } = "";
        public void Serialize(ref CdrWriter writer)
        {
            writer.WriteBoolean(Success);
            writer.WriteString(Message);
        }
        public void Deserialize(ref CdrReader reader)
        {
            Success = reader.ReadBoolean();
            Message = reader.ReadString(Message);
        }
    }
}
