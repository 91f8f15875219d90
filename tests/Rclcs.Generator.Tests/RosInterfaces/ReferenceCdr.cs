using System.Collections;
using System.Text;
using rclcs.Generator.Parsing;
using rclcs.Serialization;

namespace rclcs.Generator.Tests.RosInterfaces;

/// <summary>
/// Writes messages as CDR of either byte order, value by value and by reflection: a plain reference for what the generated
/// code and <see cref="CdrWriter"/> do.
/// </summary>
internal sealed class ReferenceCdr
{
    private readonly GeneratedInterfaces _interfaces;
    private readonly bool _bigEndian;
    private readonly List<byte> _body = [];

    private ReferenceCdr(GeneratedInterfaces interfaces, bool bigEndian)
    {
        _interfaces = interfaces;
        _bigEndian = bigEndian;
    }

    /// <summary>The message with its header of four bytes.</summary>
    public static byte[] Write(GeneratedInterfaces interfaces, IMessage message, bool bigEndian = false)
    {
        var cdr = new ReferenceCdr(interfaces, bigEndian);
        cdr.WriteMessage(message);
        return [0, bigEndian ? (byte)0 : (byte)1, 0, 0, .. cdr._body];
    }

    private void WriteMessage(IMessage message)
    {
        var empty = true;
        foreach (var (property, type) in _interfaces.FieldsOf(message))
        {
            WriteField(property.GetValue(message)!, type);
            empty = false;
        }

        if (empty)
            WriteNumber([0]);
    }

    private void WriteField(object value, FieldType type)
    {
        if (value is ReadOnlyMemory<byte> bytes)
            value = bytes.ToArray();

        if (value is not IList list)
        {
            WriteElement(value, type);
            return;
        }

        if (type.IsSequence)
            WriteCount(list.Count);

        foreach (var element in list)
            WriteElement(element!, type);
    }

    private void WriteElement(object value, FieldType type)
    {
        switch (value)
        {
            case IMessage message:
                WriteMessage(message);
                break;
            case string text when type.Base == BaseType.WString:
                WriteCount(text.Length);
                foreach (var unit in text)
                    WriteNumber(BitConverter.GetBytes((uint)unit));
                break;
            case string text:
                var utf8 = Encoding.UTF8.GetBytes(text + '\0');
                WriteCount(utf8.Length);
                _body.AddRange(utf8);
                break;
            default:
                WriteNumber(BytesOf(value));
                break;
        }
    }

    private static byte[] BytesOf(object number) => number switch
    {
        bool value => [value ? (byte)1 : (byte)0],
        byte value => [value],
        sbyte value => [(byte)value],
        short value => BitConverter.GetBytes(value),
        ushort value => BitConverter.GetBytes(value),
        int value => BitConverter.GetBytes(value),
        uint value => BitConverter.GetBytes(value),
        long value => BitConverter.GetBytes(value),
        ulong value => BitConverter.GetBytes(value),
        float value => BitConverter.GetBytes(value),
        double value => BitConverter.GetBytes(value),
        _ => throw new ArgumentException($"{number.GetType()} is no type of ROS.", nameof(number)),
    };

    private void WriteCount(int count) => WriteNumber(BitConverter.GetBytes((uint)count));

    private void WriteNumber(byte[] bytes)
    {
        while (_body.Count % bytes.Length != 0)
            _body.Add(0);

        _body.AddRange(BitConverter.IsLittleEndian == _bigEndian ? bytes.Reverse() : bytes);
    }
}
