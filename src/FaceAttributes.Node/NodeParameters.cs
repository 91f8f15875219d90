using System.Globalization;
using FaceAttributes.Detection;
using rclcs;

namespace FaceAttributes.Node;

/// <summary>The node's parameters, as declared and checked at its start.</summary>
/// <param name="ImageQos">Quality of service of the camera subscription.</param>
/// <param name="ImageTimeout">Time without an image after which the node warns.</param>
/// <param name="Models">Names of the networks to run.</param>
/// <param name="ModelsDirectory">Where their files are.</param>
/// <param name="HaarCascade">Settings of the detector.</param>
internal sealed record NodeParameters(
    QosProfile ImageQos,
    TimeSpan ImageTimeout,
    IReadOnlyList<string> Models,
    string ModelsDirectory,
    HaarCascadeOptions HaarCascade)
{
    private static readonly string[] DefaultModels = ["gender", "face"];

    /// <summary>The models that are installed with the node.</summary>
    public static string InstalledModels => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Declares all parameters on a node and reads them.</summary>
    /// <exception cref="ParameterException">A value has the wrong type, is out of range or contradicts another.</exception>
    public static NodeParameters Declare(INode node)
    {
        var defaults = new HaarCascadeOptions();
        var reliability = node.Parameters.Declare("image_reliability", "best_effort", new ParameterDescriptor
        {
            Description = "Reliability of the camera subscription: best_effort or reliable",
            ReadOnly = true,
            AllowedStrings = ["best_effort", "reliable"],
        });
        var timeout = Number("image_timeout", 5, 0.1, 3600, "Seconds without an image after which the node warns");
        var models = node.Parameters.Declare("models", DefaultModels, new ParameterDescriptor
        {
            Description = "Networks to run, by name; of an attribute that several estimate, the first one's answer counts",
            ReadOnly = true,
        });
        var directory = Text("models_directory", "Where the networks are; empty for the ones installed with the node");
        var cascade = Text("haar_cascade.path", "The cascade's file; empty for the one of the package opencv-data");
        var scaleFactor = Number("haar_cascade.scale_factor", defaults.ScaleFactor, 1.01, 2,
            "Each pass looks for faces larger by this factor");
        var minNeighbors = node.Parameters.Declare("haar_cascade.min_neighbors", (long)defaults.MinNeighbors, new ParameterDescriptor
        {
            Description = "Windows that must agree on a face",
            ReadOnly = true,
            IntegerRange = new IntegerRange(1, 100),
        });
        var minSize = Number("haar_cascade.min_size", defaults.MinSize, 0, 1, "Smallest face, relative to the image's shorter side");
        var maxSize = Number("haar_cascade.max_size", defaults.MaxSize, 0, 1, "Largest face, relative to the image's shorter side");
        if (maxSize <= 0 || maxSize < minSize)
        {
            throw new ParameterException(string.Create(CultureInfo.InvariantCulture,
                $"The parameter 'haar_cascade.min_size' is {minSize} and 'haar_cascade.max_size' is {maxSize}: the latter must be above 0 and no less than the former."));
        }

        return new NodeParameters(
            QosProfile.SensorData with
            {
                Reliability = reliability == "reliable" ? ReliabilityPolicy.Reliable : ReliabilityPolicy.BestEffort,
            },
            TimeSpan.FromSeconds(timeout),
            models,
            directory.Length > 0 ? directory : InstalledModels,
            defaults with
            {
                CascadePath = cascade.Length > 0 ? cascade : null,
                ScaleFactor = scaleFactor,
                MinNeighbors = (int)minNeighbors,
                MinSize = minSize,
                MaxSize = maxSize,
            });

        string Text(string name, string description) =>
            node.Parameters.Declare(name, "", new ParameterDescriptor { Description = description, ReadOnly = true });

        double Number(string name, double value, double from, double to, string description) =>
            node.Parameters.Declare(name, value, new ParameterDescriptor
            {
                Description = description,
                ReadOnly = true,
                FloatingPointRange = new FloatingPointRange(from, to),
            });
    }
}
