using rclcs.Middleware.Rcl.Interop;

namespace rclcs.Middleware.Rcl;

/// <summary>
/// Messages of one type as the structures of C that rcl's services are made of, since it takes no serialized requests and
/// responses. Opaque: the type's own functions create them, rmw reads and writes them.
/// </summary>
internal sealed unsafe class TypedMessages(string type)
{
    private readonly nint _typeSupport = TypeSupport.OfMessage(type);
    private readonly delegate* unmanaged<nint> _create = (delegate* unmanaged<nint>)TypeSupport.FunctionOf(type, "create");
    private readonly delegate* unmanaged<nint, void> _destroy =
        (delegate* unmanaged<nint, void>)TypeSupport.FunctionOf(type, "destroy");

    /// <summary>Creates a message with its default values.</summary>
    /// <exception cref="RuntimeError">There is no memory.</exception>
    public nint Create()
    {
        var message = _create();
        return message != 0 ? message : throw new RuntimeError($"There is no memory for a {type}.");
    }

    /// <summary>Creates a message from its serialized form.</summary>
    /// <exception cref="RuntimeError">It is not of this type, or there is no memory.</exception>
    public nint Deserialize(SerializedMessage* serialized)
    {
        var message = Create();
        var result = Librcl.rmw_deserialize(serialized, _typeSupport, message);
        if (result == RclError.Ok)
            return message;

        Destroy(message);
        throw RclError.Create(result, $"A {type} cannot be handed to rmw");
    }

    /// <summary>Serializes a message.</summary>
    /// <exception cref="RuntimeError">rmw refuses, with the reason.</exception>
    public void Serialize(nint message, SerializedMessage* serialized) => RclError.Check(
        Librcl.rmw_serialize(message, _typeSupport, serialized), $"A {type} cannot be taken from rmw");

    /// <summary>Frees a message.</summary>
    public void Destroy(nint message) => _destroy(message);
}
