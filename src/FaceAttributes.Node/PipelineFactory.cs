using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Tracking;
using Vision.Inference;

namespace FaceAttributes.Node;

/// <summary>Builds the pipeline that the parameters ask for.</summary>
internal static class PipelineFactory
{
    /// <exception cref="ModelException">A model is missing, damaged, or estimates what the messages have no place for.</exception>
    /// <exception cref="IOException">The detector's file is missing.</exception>
    /// <exception cref="InvalidDataException">The detector's file is damaged.</exception>
    public static FacePipeline Create(NodeParameters parameters)
    {
        var classifiers = new List<AttributeClassifier>();
        var attributes = new HashSet<string>();
        try
        {
            foreach (var name in parameters.Models)
            {
                var manifest = ModelManifest.Load(Path.Combine(parameters.ModelsDirectory, name + ".yaml"));
                foreach (var head in manifest.Heads)
                    RequireField(name, head);

                // Of an attribute that several models estimate, the first one's answer counts.
                ModelHead[] heads = [.. manifest.Heads.Where(head => attributes.Add(head.Attribute))];
                if (heads.Length == 0)
                {
                    throw new ModelException(
                        $"Model '{name}' estimates nothing that the models before it don't; remove it from the parameter 'models'.");
                }

                classifiers.Add(new AttributeClassifier(manifest with { Heads = heads }));
            }

            return new FacePipeline(new HaarCascadeDetector(parameters.HaarCascade), classifiers, new FaceTracker());
        }
        catch
        {
            classifiers.ForEach(classifier => classifier.Dispose());
            throw;
        }
    }

    private static void RequireField(string model, ModelHead head)
    {
        var (kind, fields) = head.Values is null
            ? ("by labels", FaceMessages.Categorical)
            : ("as a number", FaceMessages.Numeric);
        if (!fields.Contains(head.Attribute))
        {
            throw new ModelException(
                $"Model '{model}' estimates '{head.Attribute}' {kind}, for which FaceAttributes.msg has no field; {kind} it has {string.Join(" and ", fields)}.");
        }
    }
}
