using System.Text;
using Lunatic.Runtime;

await using var runtime = new LunaticRuntime();
LunaticEnvironment environment = runtime.CreateEnvironment();

/* snippet */

NUnit.Framework.Assert.That(Encoding.UTF8.GetString(reply), NUnit.Framework.Is.EqualTo("hello"));
