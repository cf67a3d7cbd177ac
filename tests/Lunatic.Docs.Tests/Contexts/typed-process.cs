using Lunatic.Runtime;

await using var runtime = new LunaticRuntime();
LunaticEnvironment environment = runtime.CreateEnvironment();

/* snippet */

NUnit.Framework.Assert.That(five, NUnit.Framework.Is.EqualTo(5));
