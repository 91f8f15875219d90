using FaceAttributes.Classification;
using FaceAttributes.Detection;
using FaceAttributes.Tracking;

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
        try
        {
            foreach (var name in parameters.Models)
            {
                var classifier = AttributeClassifier.Load(Path.Combine(parameters.ModelsDirectory, name + ".yaml"));
                classifiers.Add(classifier);
                if (!FaceMessages.Attributes.Contains(classifier.Attribute))
                {
                    throw new ModelException(
                        $"Model '{name}' estimates '{classifier.Attribute}', for which FaceAttributes.msg has no field; it has {string.Join(" and ", FaceMessages.Attributes)}.");
                }
                if (classifiers.Count(other => other.Attribute == classifier.Attribute) > 1)
                    throw new ModelException($"Two models estimate '{classifier.Attribute}'; name only one in the parameter 'models'.");
            }
            return new FacePipeline(new HaarCascadeDetector(parameters.HaarCascade), classifiers, new FaceTracker());
        }
        catch
        {
            classifiers.ForEach(classifier => classifier.Dispose());
            throw;
        }
    }
}
