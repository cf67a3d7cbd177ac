using Lunatic.Runtime;

await using var runtime = new LunaticRuntime();
LunaticEnvironment sandbox = runtime.CreateEnvironment();

/* snippet */

NUnit.Framework.Assert.That(reply, NUnit.Framework.Is.EqualTo("hello"u8.ToArray()));
NUnit.Framework.Assert.That(end.Kind, NUnit.Framework.Is.EqualTo(ExitKind.Killed));
