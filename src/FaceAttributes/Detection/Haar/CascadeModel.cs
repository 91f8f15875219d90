using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using OpenCvSharp;

namespace FaceAttributes.Detection.Haar;

/// <summary>A rectangle whose sum of grey values counts in a feature.</summary>
/// <param name="Place">In pixels of the window.</param>
/// <param name="Weight">How much; 0: not at all.</param>
internal readonly record struct CascadeRectangle(Rect Place, float Weight);

/// <summary>A node of a tree: asks a feature which way to go.</summary>
/// <param name="Feature">Index of the feature.</param>
/// <param name="Threshold">Below it the way is left, else right.</param>
/// <param name="Left">Index of a later node of the tree; 0 or negative: of the leaf, negated.</param>
/// <param name="Right">Likewise.</param>
internal readonly record struct CascadeNode(int Feature, float Threshold, int Left, int Right);

/// <summary>A tree, which says how much a window looks like a face.</summary>
/// <param name="Nodes">From the root on.</param>
/// <param name="Leaves">What it says.</param>
internal sealed record CascadeTree(CascadeNode[] Nodes, float[] Leaves);

/// <summary>A stage: a window for which the trees' sum is below the threshold is no face.</summary>
internal sealed record CascadeStage(CascadeTree[] Trees, float Threshold);

/// <summary>What a cascade file says: boosted trees of Haar features, stage by stage.</summary>
/// <param name="Window">The window's size in pixels.</param>
/// <param name="Stages">In order.</param>
/// <param name="Features">Of up to three rectangles each.</param>
internal sealed record CascadeModel(Size Window, CascadeStage[] Stages, CascadeRectangle[][] Features)
{
    // OpenCV lets a window pass that misses a threshold by so little.
    private const float ThresholdTolerance = 1e-5f;

    /// <summary>
    /// Reads a cascade of upright Haar features; null for any other, such as one of tilted features, of local binary patterns, or in
    /// the format of OpenCV before 2.4.
    /// </summary>
    /// <param name="path">The XML file.</param>
    public static CascadeModel? TryRead(string path)
    {
        try
        {
            return XDocument.Load(path).Root?.Element("cascade") is { } cascade ? Read(cascade) : null;
        }
        catch (Exception e) when (e is XmlException or FormatException or OverflowException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static CascadeModel? Read(XElement cascade)
    {
        if (Text(cascade, "stageType") != "BOOST" || Text(cascade, "featureType") != "HAAR"
            || cascade.Element("featureParams")?.Element("maxCatCount")?.Value.Trim() is not (null or "0"))
        {
            return null;
        }

        var window = new Size(Number(Text(cascade, "width")), Number(Text(cascade, "height")));
        var features = Items(cascade, "features").Select(ReadFeature).ToArray();
        var stages = Items(cascade, "stages").Select(ReadStage).ToArray();
        var isUpright = Items(cascade, "features").All(feature => feature.Element("tilted")?.Value.Trim() is null or "0");
        var isWhole = window is { Width: > 2, Height: > 2 } && stages.Length > 0
            && features.All(feature => feature.Length is > 0 and <= 3 && feature.All(rectangle => Contains(window, rectangle.Place)))
            && stages.All(stage => stage.Trees.All(tree => IsWhole(tree, features.Length)));
        return isUpright && isWhole ? new CascadeModel(window, stages, features) : null;
    }

    private static CascadeStage ReadStage(XElement stage) => new(
        [.. Items(stage, "weakClassifiers").Select(ReadTree)], Real(Text(stage, "stageThreshold")) - ThresholdTolerance);

    private static CascadeTree ReadTree(XElement tree)
    {
        var nodes = Words(Text(tree, "internalNodes")).Chunk(4)
            .Select(node => node.Length == 4
                ? new CascadeNode(Number(node[2]), Real(node[3]), Number(node[0]), Number(node[1]))
                : throw new FormatException("A node has four numbers."));
        return new CascadeTree([.. nodes], [.. Words(Text(tree, "leafValues")).Select(Real)]);
    }

    private static CascadeRectangle[] ReadFeature(XElement feature) =>
    [
        .. Items(feature, "rects").Select(rectangle => Words(rectangle.Value) is [var x, var y, var width, var height, var weight]
            ? new CascadeRectangle(new Rect(Number(x), Number(y), Number(width), Number(height)), Real(weight))
            : throw new FormatException("A rectangle has five numbers.")),
    ];

    private static bool IsWhole(CascadeTree tree, int features)
    {
        var isWhole = tree.Nodes.Length is > 0 and <= CascadeEvaluator.MostNodes;
        for (var i = 0; isWhole && i < tree.Nodes.Length; i++)
        {
            var node = tree.Nodes[i];
            isWhole = node.Feature >= 0 && node.Feature < features && Leads(i, node.Left) && Leads(i, node.Right);
        }

        return isWhole;

        bool Leads(int from, int to) => to > 0 ? to > from && to < tree.Nodes.Length : -to < tree.Leaves.Length;
    }

    private static bool Contains(Size window, Rect rectangle) =>
        rectangle is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 } && rectangle.Right <= window.Width && rectangle.Bottom <= window.Height;

    private static IEnumerable<XElement> Items(XElement parent, string list) => parent.Element(list)?.Elements("_") ?? [];

    private static string Text(XElement parent, string name) => parent.Element(name)?.Value.Trim() ?? "";

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static float Real(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
