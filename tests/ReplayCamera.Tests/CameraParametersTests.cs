namespace ReplayCamera.Tests;

public class CameraParametersTests
{
    [Test]
    public void The_documentation_has_them_all_with_defaults_and_ranges() => ParameterTable.AssertIs("replay_camera", node => CameraParameters.Declare(node));
}
