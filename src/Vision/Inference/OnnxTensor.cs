using Microsoft.ML.OnnxRuntime;

namespace Vision.Inference;

/// <summary>An input or output of a network: a name in its graph, and a buffer of as many samples as have been needed.</summary>
public abstract class OnnxTensor
{
    private protected OnnxTensor(string name, int[] sampleShape)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(sampleShape);
        (Name, SampleShape) = (name, sampleShape);
        foreach (var side in sampleShape)
            SampleLength *= side;
    }

    /// <summary>The name in the graph.</summary>
    public string Name { get; }

    /// <summary>The shape of one sample: the tensor's without its first dimension, the batch.</summary>
    public IReadOnlyList<int> SampleShape { get; }

    /// <summary>Elements of one sample.</summary>
    public int SampleLength { get; } = 1;

    internal abstract Type ElementType { get; }

    internal abstract object Buffer { get; }

    internal abstract void Reserve(int samples);

    internal abstract OrtValue Slice(int first, int count);
}

/// <summary>A tensor of numbers of one type.</summary>
/// <typeparam name="T">Such as float.</typeparam>
/// <param name="name">The name in the graph.</param>
/// <param name="sampleShape">The shape of one sample, without the batch.</param>
public sealed class OnnxTensor<T>(string name, params int[] sampleShape) : OnnxTensor(name, sampleShape)
    where T : unmanaged
{
    // Of SIMD code that begins with the elements before a multiple of this address, sums depend on where the memory lies:
    // the same picture would give other last digits in the next process.
    private const int Alignment = 64;

    private T[] _buffer = [];
    private int _start;
    private int _length;

    internal override Type ElementType => typeof(T);

    internal override object Buffer => _buffer;

    /// <summary>
    /// The first samples, one after the other, in memory that the tensor keeps; there is room for as many as asked for,
    /// and what they held is kept.
    /// </summary>
    public Span<T> Samples(int count)
    {
        Reserve(count);
        return _buffer.AsSpan(_start, count * SampleLength);
    }

    internal override unsafe void Reserve(int samples)
    {
        if (samples * SampleLength <= _length)
            return;
        var length = Math.Max(samples * SampleLength, 2 * _length);
        var buffer = GC.AllocateArray<T>(length + Alignment / sizeof(T), pinned: true);
        var past = (int)((nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref buffer[0]) % Alignment);
        var start = past == 0 ? 0 : (Alignment - past) / sizeof(T);
        _buffer.AsSpan(_start, _length).CopyTo(buffer.AsSpan(start));
        (_buffer, _start, _length) = (buffer, start, length);
    }

    internal override OrtValue Slice(int first, int count) => OrtValue.CreateTensorValueFromMemory(
        OrtMemoryInfo.DefaultInstance, _buffer.AsMemory(_start + first * SampleLength, count * SampleLength),
        [count, .. SampleShape.Select(side => (long)side)]);
}
