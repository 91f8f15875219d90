using rclcs;
using rclcs.Tests.Support;

namespace ReplayCamera.Tests;

public class CameraParametersTests
{
    [Test]
    public void The_documentation_has_them_all_with_defaults_and_ranges()
    {
        using var context = TestDomain.Join();
        using var node = Rclcs.CreateNode("replay_camera", context);
        CameraParameters.Declare(node);
        ParameterTable.AssertIs("replay_camera", node);
    }
}
