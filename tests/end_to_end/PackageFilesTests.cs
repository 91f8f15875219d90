using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>The files that ROS's tools read, as ROS's own parsers see them; they need no ROS 2.</summary>
public class PackageFilesTests
{
    [Test]
    public void Package_xml_is_valid() => Assert.That(Python("catkin_pkg.package",
        """
        import sys
        from catkin_pkg.package import parse_package
        warnings = []
        package = parse_package(sys.argv[1] + '/package.xml', warnings=warnings)
        package.validate(warnings=warnings)
        print(package.name, warnings)
        """), Is.EqualTo("face_attributes []\n"));

    [Test]
    public void Our_messages_and_those_of_other_packages_are_read_by_rosidl() => Assert.That(Python("rosidl_adapter.parser",
        """
        import pathlib
        import sys
        from rosidl_adapter.parser import parse_message_file, parse_service_file
        root = pathlib.Path(sys.argv[1])
        others = root / 'src/FaceAttributes.Messages/interfaces'
        for package, folder in [('face_attributes', root), *((f.name, f) for f in sorted(others.iterdir()) if f.is_dir())]:
            names = [parse_message_file(package, str(path)).base_type.type for path in sorted(folder.glob('msg/*.msg'))]
            names += [parse_service_file(package, str(path)).srv_name for path in sorted(folder.glob('srv/*.srv'))]
            print(package, ' '.join(names))
        """), Does.Match(
            "^face_attributes CategoricalAttribute FaceAttributes FaceAttributesArray .*Classify Describe Explain\n"
            + "hri_msgs Expression FacialLandmarks IdsList .*SoftBiometrics\nvision_msgs BoundingBox2D Detection2D .*\n$"));

    // Without the launch system, which Debian does not have: what each file declares, and what those declare that it includes. One that uses
    // an argument that neither declares is not for starting alone.
    [Test]
    public void Launch_files_are_Python_and_the_documentation_has_their_arguments() => DocumentTable.AssertIs(
        "docs/launch.md", "arguments", ["argument", "default", "", "of"], Python("ast",
            """
            import ast
            import pathlib
            import sys

            def calls(tree, name):
                return [call for call in ast.walk(tree) if isinstance(call, ast.Call) and getattr(call.func, 'id', '') == name]

            def texts(tree, end):
                return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and str(node.value).endswith(end)]

            folder = pathlib.Path(sys.argv[1], 'launch')
            trees = {path.name: ast.parse(path.read_text(), str(path)) for path in sorted(folder.iterdir())}

            def arguments(name):
                found = {}
                for include in calls(trees[name], 'IncludeLaunchDescription'):
                    for included in texts(include, '.launch.py'):
                        found.update(arguments(included))
                for call in calls(trees[name], 'DeclareLaunchArgument'):
                    given = {keyword.arg: keyword.value for keyword in call.keywords}
                    default = given['default_value']
                    value = default.value if isinstance(default, ast.Constant) else 'config/' + texts(default, '.yaml')[0]
                    found[call.args[0].value] = (value, given['description'].value)
                return found

            def used(name):
                return {call.args[0].value for call in calls(trees[name], 'LaunchConfiguration') if isinstance(call.args[0], ast.Constant)}

            rows = {}
            files = [name.partition('.')[0] for name in trees if used(name) <= arguments(name).keys()]
            for name in files:
                for argument, (value, description) in arguments(name + '.launch.py').items():
                    rows.setdefault((argument, value, description), []).append(name)
            for (argument, value, description), names in sorted(rows.items()):
                others = [name for name in files if name not in names]
                of = 'all' if not others else 'all but ' + others[0] if len(others) == 1 else ', '.join(names)
                print(argument, value, description, of, sep='\t')
            """).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .Select(row => new[] { $"`{row[0]}`", row[1].Length > 0 ? $"`{row[1]}`" : "", $"{row[2]}.", row[3] }));

    private static string Python(string module, string script)
    {
        // Debian's own, which has Debian's packages.
        var start = new ProcessStartInfo("/usr/bin/python3", ["-B", "-c", script, Repository.Root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var errors = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        if (python.ExitCode != 0 && errors.Result.Contains($"No module named '{module.Split('.')[0]}'", StringComparison.Ordinal))
            Assert.Ignore($"Python's module {module} is not here; ./test installs it.");
        Assert.That(python.ExitCode, Is.Zero, errors.Result);
        return output;
    }
}
