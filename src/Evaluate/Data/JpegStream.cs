using System.Globalization;

namespace FaceAttributes.Evaluation.Data;

/// <summary>JPEGs back to back in one file, found by the columns jpeg_offset and jpeg_bytes of its index.</summary>
internal sealed class JpegStream
{
    private readonly string _path;
    private readonly CsvTable _index;
    private readonly byte[] _bytes;

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="EvaluationException">It is missing.</exception>
    public JpegStream(string path, CsvTable index)
    {
        _path = path;
        _index = index;
        _bytes = DataFile.ReadBytes(path);
    }

    /// <summary>The picture of a row of the index.</summary>
    /// <exception cref="EvaluationException">It lies beyond the file's end.</exception>
    public JpegPicture this[int row]
    {
        get
        {
            var (offset, length) = (_index.Number(row, "jpeg_offset"), _index.Number(row, "jpeg_bytes"));
            if ((long)offset + length > _bytes.Length)
                throw _index.Wrong(row, $"the picture lies beyond the end of {Path.GetFileName(_path)}");
            return new JpegPicture(
                _bytes.AsMemory(offset, length), string.Create(CultureInfo.InvariantCulture, $"{_path}: row {row}"));
        }
    }
}
