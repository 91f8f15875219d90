using rclcs;
using rclcs.Tests.Support;
using TestSupport;

namespace FaceViewer.Tests;

public class ViewerOptionsTests
{
    [Test]
    public void The_documentation_has_them_all_with_defaults_and_ranges()
    {
        using var context = TestDomain.Join();
        using var node = Rclcs.CreateNode("face_viewer", context);
        ViewerOptions.Declare(node.Parameters);
        ParameterTable.AssertIs("face_viewer", node);
    }
}
