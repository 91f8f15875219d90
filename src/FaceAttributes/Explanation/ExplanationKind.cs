namespace FaceAttributes.Explanation;

/// <summary>How to show what a network looks at.</summary>
public enum ExplanationKind
{
    /// <summary>
    /// Guided back-propagation: which pixels, made brighter (above 0) or darker (below 0), speak for the label; what speaks
    /// against it is held back in every layer (Springenberg et al. 2015, arXiv:1412.6806). The clearest picture.
    /// </summary>
    GuidedGradient,

    /// <summary>The gradient as it is: noisy, but all of it (Simonyan et al. 2014, arXiv:1312.6034).</summary>
    Gradient,

    /// <summary>
    /// Grad-CAM: which regions speak for the label, 0 or more, coarser than pixels (Selvaraju et al. 2017, arXiv:1610.02391).
    /// </summary>
    ClassActivation,
}
