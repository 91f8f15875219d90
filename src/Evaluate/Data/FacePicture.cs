using OpenCvSharp;

namespace FaceAttributes.Evaluation.Data;

/// <summary>A data set's picture of one face, as it is stored. May be used by several threads at once.</summary>
internal abstract class FacePicture
{
    /// <summary>Makes pixels of it: grey (CV_8UC1) or blue-green-red (CV_8UC3). The caller's.</summary>
    /// <exception cref="EvaluationException">It is damaged.</exception>
    public abstract Mat Decode();
}
