namespace FaceAttributes.Evaluation.Data;

/// <summary>
/// Faces whose JPEGs lie back to back in one file. A table, the index, has a row for each, with the columns row,
/// jpeg_offset and jpeg_bytes, and its labels.
/// </summary>
internal static class JpegFaces
{
    /// <summary>Reads the faces of some rows.</summary>
    /// <param name="indexPath">The table.</param>
    /// <param name="picturesPath">The JPEGs.</param>
    /// <param name="isWanted">Whether a row's face is read, by its number.</param>
    /// <param name="limit">How many faces to read at most.</param>
    /// <param name="label">Adds the labels of a line of the table to a face.</param>
    /// <exception cref="EvaluationException">A file is missing or damaged.</exception>
    public static List<LabelledFace> Read(
        string indexPath, string picturesPath, Func<int, bool> isWanted, int limit,
        Func<CsvTable, int, LabelledFace, LabelledFace> label)
    {
        var index = new CsvTable(indexPath);
        var bytes = DataFile.ReadBytes(picturesPath);
        return
        [
            .. Enumerable.Range(0, index.Count).Where(line => isWanted(index.Number(line, "row"))).Take(limit)
                .Select(line => label(index, line, new LabelledFace(index.Number(line, "row"), Picture(line)))),
        ];

        JpegPicture Picture(int line)
        {
            var (offset, length) = (index.Number(line, "jpeg_offset"), index.Number(line, "jpeg_bytes"));
            if ((long)offset + length > bytes.Length)
                throw index.Wrong(line, $"the picture lies beyond the end of {Path.GetFileName(picturesPath)}");
            return new JpegPicture(bytes.AsMemory(offset, length), FormattableString.Invariant($"{picturesPath}: row {line}"));
        }
    }
}
