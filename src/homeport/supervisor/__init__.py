"""The detached process that owns the instances of driver `process`, and the front.

`server.run` is it, from its start to its end. Everybody else speaks to it through `homeport.drivers.process.link`.
"""
