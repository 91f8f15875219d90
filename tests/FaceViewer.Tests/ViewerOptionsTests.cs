using TestSupport;

namespace FaceViewer.Tests;

public class ViewerOptionsTests
{
    [Test]
    public void The_documentation_has_them_all_with_defaults_and_ranges() => ParameterTable.AssertIs("face_viewer", node => ViewerOptions.Declare(node.Parameters));
}
